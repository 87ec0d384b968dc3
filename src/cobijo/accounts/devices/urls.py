"""Addresses of a shared device itself. No code, badge or PIN is ever in one."""

from django.urls import path

from cobijo.accounts.devices import views

app_name = "device"
urlpatterns = [
    path("", views.lock, name="lock"),
    path("lock/", views.end, name="end"),
    path("enrol/", views.enrol, name="enrol"),
    path("begin/", views.sign_conduct, name="conduct"),
    path("begin/pin/", views.begin_pin, name="pin"),
]
